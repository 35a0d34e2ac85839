"""The form of the last page: the prediction."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, ValidationError
from wtforms.validators import Length

from contest.rules import prediction
from contest.rules.prediction import Target, Unreadable
from contest.web.forms import Form, TextLine
from contest.web.translations import current_language


class HandInForm(Form):
    """Handing in; `seen` is the prediction as it was read back to the person."""

    prediction = TextLine(
        _l("Câu dự đoán"), [Length(max=100)], render_kw={"inputmode": "decimal", "autocomplete": "off"}
    )
    seen = HiddenField()

    def __init__(self, target: Target | None, **options: object) -> None:
        super().__init__(**options)
        self.target = target

    def validate_prediction(self, field: TextLine) -> None:
        if self.target is None or not field.data:
            return
        try:
            prediction.parse(field.data, self.target)
        except Unreadable as unreadable:
            sentence = prediction.reason_in_words(unreadable.reason, self.target, current_language())
            raise ValidationError(sentence) from None

    @property
    def is_asked(self) -> bool:
        """A prediction was asked for on the page this came from."""
        return self.target is not None and bool(self.prediction.raw_data)

    @property
    def is_confirmed(self) -> bool:
        """Nothing is asked, or the person has seen how their number was understood."""
        return not self.is_asked or self.seen.data == self.in_words

    @property
    def in_words(self) -> str:
        """The prediction read back: "25.980 (hai mươi lăm nghìn chín trăm tám mươi)"."""
        if self.target is None or not self.prediction.data:
            return str(_("không dự đoán"))
        number, language = prediction.parse(self.prediction.data, self.target), current_language()
        unit = " %" if self.target is Target.PERCENTAGE else ""
        return f"{prediction.format_number(number, language)}{unit} ({prediction.in_words(number, language)})"
