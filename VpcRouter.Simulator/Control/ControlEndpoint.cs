using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Control;

/// <summary>Lets people and scripts decide over the hosts and look at the VPC.</summary>
internal sealed class ControlEndpoint(SimulatedVpc vpc, int probePort)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/_simulator/hosts/{address}/state", SetHostStateAsync);
        routes.MapGet("/_simulator/state", GetState);
    }

    private async Task<IResult> SetHostStateAsync(string address, HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        if (HostStateReader.Read(body) is not { } state)
            return Problem($"'{body.Trim()}' is no host state; use one of {HostStateReader.ValidStates}.", StatusCodes.Status400BadRequest);
        var outcome = IPAddress.TryParse(address, out var parsed) ? vpc.TrySetHostState(parsed, state) : HostStateOutcome.UnknownHost;
        return outcome switch
        {
            HostStateOutcome.UnknownHost => Problem($"No simulated host has the address '{address}'.", StatusCodes.Status404NotFound),
            HostStateOutcome.Terminated => Problem($"The host {address} is terminated and can't come back.", StatusCodes.Status409Conflict),
            _ => Results.NoContent(),
        };
    }

    private IResult GetState(long since = 0)
    {
        var state = vpc.GetState();
        return Results.Json(new ControlState(state.Region, state.Vpc, state.Zones, probePort, state.RouteTables, state.Hosts,
            vpc.GetCalls(since)));
    }

    private static IResult Problem(string message, int status) => Results.Text(message + "\n", statusCode: status);
}
