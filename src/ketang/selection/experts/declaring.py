"""The declaration on avoiding conflicts (回避承诺) of a call: its words, signing it, and whom an expert names as close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from ketang.people.permissions import require
from ketang.people.role.queries import Actor
from ketang.platform.audit.actions import audited, record
from ketang.platform.refusal import Refused
from ketang.selection.experts.details import details_of, put_into, sound
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.experts.permissions import may_declare
from ketang.selection.experts.recomputing import look_again_for


def declaration(seat: PanelSeat) -> list[str]:
    """The declaration of a member, paragraph by paragraph: as it was signed, else as it is shown now."""
    if seat.is_declared:
        return seat.declared.split("\n")
    return [
        _("本人参加“%(title)s”的专家评审，郑重承诺：") % {"title": seat.call.title},
        _("一、与供应单位或个人有下列关系之一的，主动申报并回避：在同一单位任职；参与过课程的制作、审查或推荐；有亲属关系；有经济往来或者其他可能影响公正评审的关系。"),
        _("二、独立评审，不受任何单位和个人影响，不打听其他专家的评分。"),
        _("三、对课程内容、评审情况和评审结果保密，不复制、不外传评审材料，不设法得知供应单位。"),
        _("四、评审中发现应当回避的，立即停止评审并申报。"),
        _("五、不收受与评审有关的任何好处。违反承诺的，退出评审，并承担相应责任。"),
    ]  # fmt: skip


def sign(*, actor: Actor, seat: PanelSeat, signed_as: str, relations: Sequence[str]) -> None:
    """Sign the declaration, naming whom and which units one is close to.

    Raises:
        Refused: the name is not the expert's; too many or too long names.

    Effects: the seat holds the text as it was shown; those of `name_relations`; `experts.sign`. Nothing when it was signed before.
    """
    require(may_declare(actor, seat))
    if "".join(signed_as.split()) != "".join(seat.expert.name.split()):
        raise Refused(_("请填写您的姓名：%(name)s。") % {"name": seat.expert.name}, field="signed_as")
    with audited():
        held = PanelSeat.objects.select_for_update(of=("self",)).select_related("expert", "call").get(pk=seat.pk)
        if not held.is_declared:
            held.declared = "\n".join(declaration(held))
            held.declared_at, held.signed_as = timezone.now(), held.expert.name
            held.save(update_fields=["declared", "declared_at", "signed_as"])
            record(actor=actor, action="experts.sign", of=held)
        name_relations(actor=actor, seat=held, relations=relations)
    seat.refresh_from_db()


def name_relations(*, actor: Actor, seat: PanelSeat, relations: Sequence[str]) -> None:
    """Name whom and which units one is close to, in place of what was named before.

    Raises:
        Refused: too many or too long names.

    Effects: the expert's row; `experts.name_relations` (without the names) when they changed; conflicts are looked for again.
    """
    require(may_declare(actor, seat))
    with audited():
        held = Expert.objects.select_for_update().get(pk=seat.expert_id)
        before = details_of(held)
        made = sound(replace(before, relations=tuple(relations)))
        if made.relations != before.relations:
            put_into(held, replace(before, relations=made.relations))
            held.save(update_fields=["relations"])
            record(actor=actor, action="experts.name_relations", of=held, payload={"count": len(made.relations)})
            look_again_for(held)
    seat.expert.refresh_from_db()
