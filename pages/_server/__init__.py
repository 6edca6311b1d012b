"""What stands between a browser and Streamlit: settings that must hold, who may ask, how much may be sent, and the headers."""
