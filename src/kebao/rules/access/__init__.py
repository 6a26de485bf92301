"""Rules of WCAG 2.2 on time-based media and text alternatives, as advice (access/2.2)."""
