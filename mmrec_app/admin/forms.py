from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mmrec_app.admin.showing import FUSIONS
from mmrec_app.conf import conf
from mmrec_app.training.config import PAIRINGS, SettingError, TrainingConfig

WEIGHTS = {name: f"weight_{name}" for name in PAIRINGS if name != "user_next"}


class TrainingForm(forms.Form):
    """The settings of a training that are worth changing by hand; the shop's own stand in the fields at first."""

    epochs = forms.IntegerField(
        max_value=1000, label=_("Epochs"), help_text=_("At most so many passes over all histories.")
    )
    patience = forms.IntegerField(
        label=_("Patience"), help_text=_("Ends after so many epochs without a gain on held-out events.")
    )
    dimension = forms.IntegerField(
        max_value=4000,
        label=_("Dimension"),
        help_text=_("Of the vectors: more tells finer, and takes more room and time."),
    )
    fusion = forms.ChoiceField(
        label=_("Fusion"),
        choices=list(FUSIONS.items()),
        help_text=_("How text, picture and behaviour become one vector; attention weighs them for each product."),
    )
    behaviour = forms.BooleanField(
        label=_("Behaviour"), required=False, help_text=_("Learn from who met what, beside what products look like.")
    )
    weight_together = forms.FloatField(
        label=_("Met together"), help_text=_("Weight of pairs from one history in the loss; 0 leaves them out.")
    )
    weight_views = forms.FloatField(
        label=_("Two views"), help_text=_("Weight of two augmented versions of one product; 0 leaves them out.")
    )
    weight_text_image = forms.FloatField(
        label=_("Text and picture"), help_text=_("Weight of a product's text beside its picture; 0 leaves them out.")
    )
    augmentation = forms.BooleanField(
        label=_("Augmentation"), required=False, help_text=_("Look at turned, cropped and reworded versions too.")
    )
    dropout = forms.FloatField(
        label=_("Dropout"), help_text=_("From 0 to below 1: more forgets more, against overfitting.")
    )
    learning_rate = forms.FloatField(
        label=_("Learning rate"),
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=_("Lower it if a loss is not finite."),
    )
    interests = forms.IntegerField(
        label=_("Interests"),
        help_text=_("Vectors for each visitor: more for shops where one visitor wants many things."),
    )
    linear_trials = forms.IntegerField(
        label=_("Linear model"), help_text=_("Fits that the search for its weights may take; 0 leaves it out.")
    )
    seed = forms.IntegerField(label=_("Seed"), help_text=_("The same seed on the same events gives the same model."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            self.usual = TrainingConfig.from_dict(dict(conf().training))
        except SettingError:  # said when it is sent: `clean` meets it again
            self.usual = TrainingConfig()
        for name, field in self.fields.items():
            field.initial = getattr(self.usual, name, None)
        for pairing, name in WEIGHTS.items():
            self.fields[name].initial = self.usual.pairings.get(pairing, 0.0)

    def clean(self) -> dict[str, Any]:
        """`TrainingConfig` judges; what it says goes to the field it names."""
        given = self.cleaned_data
        try:
            TrainingConfig.from_dict({**conf().training, **self.settings})
        except SettingError as error:
            name = str(error.named.get("name", ""))
            self.add_error(name if name in given else WEIGHTS.get(name), gettext(error.sentence) % error.named)
        return given

    @property
    def settings(self) -> dict[str, Any]:
        """What `start_run` takes."""
        given = dict(self.cleaned_data)
        weights = {pairing: given.pop(name) for pairing, name in WEIGHTS.items() if name in given}
        on = {pairing: weight for pairing, weight in weights.items() if weight != 0}
        return given | {"pairings": {"user_next": self.usual.pairings["user_next"], **on}}
