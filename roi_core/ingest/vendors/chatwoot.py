"""Chatwoot: the satisfaction export and the report by agent. Translated headers are those of its own locale files."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Scale

CSAT = Export(
    id="chatwoot_csat_export",
    vendor="chatwoot",
    title="Chatwoot CSAT export",
    entity="surveys",
    signature=("Agent Name", "Rating", "Feedback Comment"),
    columns=MappingProxyType(
        {
            "surveys.score": ("Rating",),
            "surveys.comment": ("Feedback Comment",),
            "surveys.email": ("Contact Email Address",),
            "surveys.ticket_id": ("Link to the conversation",),
            "surveys.answered_at": ("Recorded date",),
        }
    ),
    drift=MappingProxyType(
        {
            "Agent Name": ("Agentenname", "Nombre del agente", "Nome do Agente"),
            "Rating": ("Bewertung", "Calificaci\u00f3n", "Classifica\u00e7\u00e3o"),
            "Feedback Comment": ("Feedback-Kommentar", "Comentario de opini\u00f3n", "Coment\u00e1rio de Feedback"),
            "Contact Email Address": ("Kontakt-E-Mail-Adresse", "Correo electr\u00f3nico de contacto", "E-mail de contato"),
            "Link to the conversation": ("Link zur Konversation", "Enlace a la conversaci\u00f3n", "Link para a conversa"),
            "Recorded date": ("Aufnahmedatum", "Fecha registrada", "Data de grava\u00e7\u00e3o"),
        }
    ),
    dates=("YYYY-MM-DD HH:MM:SS UTC",),
    zone="UTC",
    scales=MappingProxyType({"surveys.score": Scale(5, MappingProxyType({}))}),
    constants=MappingProxyType({"surveys.kind": "csat"}),
    extracts=MappingProxyType({"surveys.ticket_id": r"(\d+)/?$"}),
)

AGENT_REPORT = Export(
    id="chatwoot_agent_report_csv_aggregated",
    vendor="chatwoot",
    title="Chatwoot report by agent",
    entity="tickets",
    signature=("Agent name", "Avg first response time", "Avg resolution time"),
    columns=MappingProxyType({}),
    drift=MappingProxyType(
        {
            "Agent name": ("Agentenname", "Nombre del agente", "Nome do Agente"),
            "Avg first response time": (
                "Avg first response time (Minutes)",
                "Durchschnittliche Reaktionszeit (Minuten)",
                "Promedio de tiempo de la primera respuesta",
                "Tempo m\u00e9dio de primeira resposta",
            ),
            "Avg resolution time": (
                "Avg resolution time (Minutes)",
                "Durchschnittliche Aufl\u00f6sungszeit (Minuten)",
                "Tiempo promedio de resoluci\u00f3n",
                "Tempo m\u00e9dio de resolu\u00e7\u00e3o",
            ),
        }
    ),
    aggregated="a row adds up an agent's conversations of a whole period, so there are no tickets in it; export the conversations instead",
)

EXPORTS = (CSAT, AGENT_REPORT)
