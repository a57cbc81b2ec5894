namespace VpcRouter.Probing;

/// <summary>What became of a probe. One that comes too late, or for a host that is gone, is passed over by whoever takes it.</summary>
/// <param name="Host">The host's index, from the request.</param>
/// <param name="Number">The probe's number, from the request.</param>
/// <param name="Outcome">What it says of the host.</param>
/// <param name="RoundTrip">How long the answer took; <see langword="null"/> when it came just now.</param>
/// <param name="Reason">Why the host counts as dead or nothing is known.</param>
internal readonly record struct ProbeCompletion(int Host, ulong Number, ProbeOutcome Outcome, TimeSpan? RoundTrip, string Reason);
