namespace VpcRouter.Simulator.Faults;

/// <summary>The faults in force at one moment.</summary>
/// <param name="Faults">What was asked for.</param>
/// <param name="Since">When they were put in force.</param>
/// <param name="Struck">How often each struck since then, by its JSON path in the document, for example <c>$.errors[0]</c>.</param>
public sealed record FaultReport(SimulatorFaults Faults, DateTimeOffset Since, IReadOnlyDictionary<string, long> Struck);
