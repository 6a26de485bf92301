"""A learner's own notes on lessons: nobody else reads them."""
