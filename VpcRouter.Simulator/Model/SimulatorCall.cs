namespace VpcRouter.Simulator.Model;

/// <summary>One call that the simulator answered. Parameters that a call doesn't have are null.</summary>
/// <param name="Sequence">Counts the calls from 1 in the order in which they were answered; never repeats.</param>
/// <param name="Time">When the call came in.</param>
/// <param name="Action">The EC2 action, for example <c>ReplaceRoute</c>; empty when the request named none.</param>
/// <param name="RouteTableId">The route table that the call names.</param>
/// <param name="Destination">The destination as the caller wrote it: a CIDR or a prefix list id.</param>
/// <param name="Target">The route target, interface or first instance that the call names.</param>
/// <param name="Result"><c>OK</c>, EC2's error code, <c>ConnectionReset</c> or <c>NoAnswer</c>: what the caller was to see.</param>
/// <param name="Duration">From the call's arrival to its answer being ready.</param>
public sealed record SimulatorCall(long Sequence, DateTimeOffset Time, string Action, string? RouteTableId, string? Destination,
    string? Target, string Result, TimeSpan Duration);
