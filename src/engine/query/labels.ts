/**
 * Tags that platforms give to logs, and the fields under which collectors write the same. Datadog's names for
 * Kubernetes and hosts, beside those of Fluent Bit, Filebeat and OpenTelemetry.
 */
const LABELS: readonly (readonly string[])[] = [
  ['kube_namespace', 'namespace', 'namespace_name', 'kubernetes.namespace', 'k8s.namespace.name'],
  ['pod_name', 'pod', 'kubernetes.pod.name', 'k8s.pod.name'],
  ['kube_container_name', 'container_name', 'kubernetes.container.name', 'k8s.container.name'],
  ['kube_deployment', 'deployment', 'kubernetes.deployment.name', 'k8s.deployment.name'],
  ['kube_cluster_name', 'cluster', 'k8s.cluster.name'],
  ['host', 'hostname', 'host_name', 'host.name'],
  ['env', 'environment', 'deployment.environment', 'deployment.environment.name'],
];

/** Other names of a key, best first. */
export function labelsOf(key: string): readonly string[] {
  return LABELS.filter((names) => names.includes(key)).flatMap((names) => names.filter((name) => name !== key));
}
