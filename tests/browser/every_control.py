"""Every control of Streamlit that pages of ours use, on one page, with our style sheet."""

import streamlit as st

from lingti.ui.parts.html_out import send_style
from lingti.ui.window.style import style

send_style(style(dark=st.context.theme.type == "dark"))
st.selectbox("selectbox", ["a", "b"])
st.multiselect("multiselect", ["a", "b"])
st.text_input("text_input")
st.text_area("text_area")
st.number_input("number_input")
st.date_input("date_input")
st.file_uploader("file_uploader")
st.checkbox("checkbox")
st.radio("radio", ["a", "b"], index=None)
st.toggle("toggle")
st.segmented_control("segmented_control", ["a", "b"])
st.pills("pills", ["a", "b"])
st.button("button")
st.download_button("download_button", "x")
with st.form("form"):
    st.form_submit_button("form_submit_button")
