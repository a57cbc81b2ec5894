namespace VpcRouter.AspNetCore.Security;

/// <summary>Marks an endpoint that supervisors and load balancers ask, which can't send a token.</summary>
internal sealed class ProbeEndpoint
{
    public static ProbeEndpoint Instance { get; } = new();
}
