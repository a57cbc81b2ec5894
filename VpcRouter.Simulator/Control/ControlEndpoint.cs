using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VpcRouter.Simulator.Documents;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Control;

/// <summary>Lets people and scripts decide over the hosts and the faults and look at the VPC.</summary>
internal sealed class ControlEndpoint(SimulatedVpc vpc, int probePort)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/_simulator/hosts/{address}/state", SetHostStateAsync);
        routes.MapPut("/_simulator/hosts/{address}/status", SetHostStatusAsync);
        routes.MapPut("/_simulator/hosts/{address}/events", SetHostEventsAsync);
        routes.MapGet("/_simulator/state", GetState);
        routes.MapPut("/_simulator/faults", SetFaultsAsync);
        routes.MapGet("/_simulator/faults", GetFaults);
    }

    private Task<IResult> SetHostStateAsync(string address, HttpRequest request) =>
        SetAsync<HostState>(address, request, "state", vpc.TrySetHostState);

    private Task<IResult> SetHostStatusAsync(string address, HttpRequest request) =>
        SetAsync<HostStatus>(address, request, "status", vpc.TrySetHostStatus);

    private static async Task<IResult> SetAsync<T>(string address, HttpRequest request, string property,
        Func<IPAddress, T, HostStateOutcome> set)
        where T : struct, Enum
    {
        var body = await ReadBodyAsync(request).ConfigureAwait(false);
        if (ChoiceReader.Read<T>(body, property) is not { } choice)
        {
            return Problem($"'{body.Trim()}' is no host {property}; use one of {ChoiceReader.ValidChoices<T>()}.",
                StatusCodes.Status400BadRequest);
        }

        return Answer(address, parsed => set(parsed, choice));
    }

    private async Task<IResult> SetHostEventsAsync(string address, HttpRequest request)
    {
        var errors = new DocumentErrors();
        var events = EventsReader.Read(await ReadBodyAsync(request).ConfigureAwait(false), errors);
        return errors.All.Count > 0
            ? Problem(string.Join('\n', errors.All), StatusCodes.Status400BadRequest)
            : Answer(address, parsed => vpc.TrySetHostEvents(parsed, events));
    }

    private static IResult Answer(string address, Func<IPAddress, HostStateOutcome> set)
    {
        var outcome = IPAddress.TryParse(address, out var parsed) ? set(parsed) : HostStateOutcome.UnknownHost;
        return outcome switch
        {
            HostStateOutcome.UnknownHost => Problem($"No simulated host has the address '{address}'.", StatusCodes.Status404NotFound),
            HostStateOutcome.Terminated => Problem($"The host {address} is terminated; only the state 'replaced' brings it back.",
                StatusCodes.Status409Conflict),
            _ => Results.NoContent(),
        };
    }

    private async Task<IResult> SetFaultsAsync(HttpRequest request)
    {
        try
        {
            vpc.SetFaults(SimulatorFaults.Parse(await ReadBodyAsync(request).ConfigureAwait(false)));
            return Results.NoContent();
        }
        catch (FaultsException refusal)
        {
            return Problem(string.Join('\n', refusal.Errors), StatusCodes.Status400BadRequest);
        }
    }

    private IResult GetFaults()
    {
        var report = vpc.GetFaults();
        return Results.Json(new ControlFaults(report.Faults.Document, report.Since, report.Struck));
    }

    private IResult GetState(long since = 0)
    {
        var state = vpc.GetState();
        return Results.Json(new ControlState(state.Region, state.Vpc, state.Zones, probePort, state.RouteTables, state.Hosts,
            vpc.GetCalls(since)));
    }

    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    private static IResult Problem(string message, int status) => Results.Text(message + "\n", statusCode: status);
}
