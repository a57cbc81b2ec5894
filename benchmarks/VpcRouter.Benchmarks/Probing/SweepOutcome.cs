namespace VpcRouter.Benchmarks.Probing;

/// <summary>What a sweeping process says of itself at its end.</summary>
/// <param name="Probes">Probes sent.</param>
/// <param name="FalseFailures">How often a host was called failed; all are alive.</param>
/// <param name="CpuS">User and system time of the whole process, start included.</param>
/// <param name="WallS">How long the monitor ran.</param>
/// <param name="ResidentMb">Resident memory at the end.</param>
internal sealed record SweepOutcome(long Probes, int FalseFailures, double CpuS, double WallS, double ResidentMb);
