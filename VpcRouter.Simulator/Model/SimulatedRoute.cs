namespace VpcRouter.Simulator.Model;

/// <summary>A route as it stands.</summary>
/// <param name="Destination">An IPv4 or IPv6 CIDR in canonical form, or a prefix list id.</param>
/// <param name="Target">The id of the target, for example <c>eni-…</c>, <c>igw-…</c> or <c>local</c>.</param>
/// <param name="Router">The primary address of the host that the target belongs to; null when the target is no host's interface.</param>
/// <param name="State"><c>active</c> or <c>blackhole</c>.</param>
/// <param name="Origin"><c>CreateRouteTable</c>, <c>CreateRoute</c> or <c>EnableVgwRoutePropagation</c>.</param>
public sealed record SimulatedRoute(string Destination, string Target, string? Router, string State, string Origin);
