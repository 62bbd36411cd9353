"""What is so at the moment of a scrape, beside what was counted."""

from collections.abc import Iterable

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from pollapp.extensions import hub
from pollapp.live import figures
from pollapp.operator import readiness


class Gauges(Collector):
    """Reads the live hub, and the database once."""

    def collect(self) -> Iterable[Metric]:
        """Yield every gauge; without a database that of the meetings is left out."""
        yield GaugeMetricFamily("pollapp_phones", "Phones connected now.", hub.phones())
        yield GaugeMetricFamily("pollapp_screens", "Presenter screens connected now.", figures.screens())
        yield GaugeMetricFamily("pollapp_queue_answers", "Answers that wait for the next batch.", hub.writer.waiting())
        counted = readiness.meetings()
        if counted is not None:
            family = GaugeMetricFamily(
                "pollapp_meetings", "Meetings stored on this server, by state.", labels=["state"]
            )
            for state, count in counted.items():
                family.add_metric([state], count)
            yield family


figures.registry.register(Gauges())
