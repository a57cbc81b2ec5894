namespace VpcRouter.Benchmarks.HttpLoad;

/// <summary>What the crowd has done. Immutable.</summary>
/// <param name="Requests">Requests that were answered with 200.</param>
/// <param name="Failed">Requests that were answered otherwise or not at all.</param>
internal sealed record CrowdReport(long Requests, long Failed);
