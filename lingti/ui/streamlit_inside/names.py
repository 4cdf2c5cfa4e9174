"""The names of Streamlit's elements, as style sheets and scripts of ours write them: `$app`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_CLASSES = {
    "app": "stApp",
    "app_deploy_button": "stAppDeployButton",
    "app_header": "stAppHeader",
    "app_view_container": "stAppViewContainer",
    "button": "stButton",
    "button_group": "stButtonGroup",
    "checkbox": "stCheckbox",
    "column": "stColumn",
    "dialog": "stDialog",
    "download_button": "stDownloadButton",
    "element_container": "stElementContainer",
    "expander": "stExpander",
    "file_uploader": "stFileUploader",
    "form": "stForm",
    "horizontal_block": "stHorizontalBlock",
    "html": "stHtml",
    "main": "stMain",
    "main_block_container": "stMainBlockContainer",
    "main_menu_popover": "stMainMenuPopover",
    "multi_select": "stMultiSelect",
    "page_link": "stPageLink",
    "selectbox": "stSelectbox",
    "sidebar": "stSidebar",
    "text_input": "stTextInput",
}
_TEST_IDS = {
    "caption_container": "stCaptionContainer",
    "date_input_field": "stDateInputField",
    "element_toolbar": "stElementToolbar",
    "file_uploader_dropzone": "stFileUploaderDropzone",
    "file_uploader_instructions": "stFileUploaderDropzoneInstructions",
    "icon": "stIconMaterial",
    "main_menu_button": "stMainMenuButton",
    "main_menu_list": "stMainMenuList",
    "menu_about": "stMainMenuItem-about",
    "menu_dark": "stMainMenuItem-theme-Dark",
    "menu_label": "stMainMenuItemLabel",
    "menu_light": "stMainMenuItem-theme-Light",
    "menu_system": "stMainMenuItem-theme-System",
    "number_input_container": "stNumberInputContainer",
    "radio_option": "stRadioOption",
    "sidebar_collapse_button": "stSidebarCollapseButton",
    "sidebar_user_content": "stSidebarUserContent",
    "skip_to_content": "stSkipToContent",
    "status_widget": "stStatusWidget",
    "text_area_root": "stTextAreaRootElement",
    "text_input_root": "stTextInputRootElement",
    "toolbar": "stToolbar",
    "widget_label": "stWidgetLabel",
}
SELECTORS = {
    **{name: f".{known}" for name, known in _CLASSES.items()},
    **{name: f"[data-testid={known}]" for name, known in _TEST_IDS.items()},
    "lost_title": "Page not found",  # of the dialog for an address that no page has
}
_PLACE = re.compile(r"\$([a-z_]+)")


def filled(text: str, **more: str) -> str:
    """A style sheet or script with Streamlit's names, and `more` of the caller's, in their places.

    Raises KeyError for a name that nobody knows.
    """
    known = {**SELECTORS, **more}
    return _PLACE.sub(lambda place: known[place[1]], text)


@cache
def filled_file(path: Path) -> str:
    """A style sheet of ours, with Streamlit's names in their places."""
    return filled(path.read_text("utf-8"))
