"""An empty Streamlit page with one Plotly chart, beside which the first page is measured."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Bar(x=["a", "b", "c"], y=[3, 1, 2])))
