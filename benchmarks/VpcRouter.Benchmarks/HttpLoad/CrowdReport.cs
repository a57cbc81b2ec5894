namespace VpcRouter.Benchmarks.HttpLoad;

/// <summary>What the crowd has done since everybody had been answered once. Immutable.</summary>
/// <param name="Seconds">For how long.</param>
/// <param name="Requests">Requests that were answered with 200.</param>
/// <param name="Failed">Requests that were answered otherwise or not at all.</param>
internal sealed record CrowdReport(double Seconds, long Requests, long Failed);
