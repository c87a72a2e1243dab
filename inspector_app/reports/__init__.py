"""The paper: facts in, PDF bytes out; its own text engine on a ReportLab canvas."""
