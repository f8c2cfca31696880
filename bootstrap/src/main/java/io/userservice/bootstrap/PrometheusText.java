package io.userservice.bootstrap;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.userservice.adapter.http.HttpApi;

/** The metrics in Prometheus' text format. */
final class PrometheusText implements HttpApi.Metrics {
  private final PrometheusMeterRegistry registry;

  PrometheusText(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public String contentType() {
    return "text/plain; version=0.0.4; charset=utf-8";
  }

  @Override
  public String text() {
    return registry.scrape();
  }
}
