using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>Waits until an accepted spec is in the VPC, and says what isn't yet. Thread-safe.</summary>
internal sealed class SpecWait(IRouterState state, IOptions<VpcRouterOptions> options, TimeProvider time, IHostApplicationLifetime? lifetime = null)
{
    /// <summary>Waits.</summary>
    /// <param name="accepted">The spec waited for.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="isSuperseded">Whether another spec has been accepted since.</param>
    /// <param name="aborted">Cancelled when nobody waits for the answer any more.</param>
    /// <returns>Success, or 202 with what is pending.</returns>
    public async Task<IResult> ForAsync(AcceptedRouteSpec accepted, TimeSpan patience, Func<bool> isSuperseded, CancellationToken aborted)
    {
        var began = time.GetTimestamp();
        var isPlanned = Memoized(accepted.Spec);
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, aborted, lifetime?.ApplicationStopping ?? default);
        try
        {
            await state.WaitForAsync(status => isSuperseded() || (isPlanned(status) && (options.Value.DryRun || status.Plan!.IsInLine)), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // Out of patience: the answer says what the state is now.
        }

        var status = state.Current;
        if (isSuperseded())
            return Pending("superseded", "Another route spec was accepted since; it takes the place of this one.", null, began);
        if (!isPlanned(status))
            return Pending("pending", "The route spec is accepted, but not planned for yet: " + WhyNotPlanned(status), null, began);
        if (status.Plan!.IsInLine)
            return Results.Text("Ok", MediaTypeNames.Text.Plain);
        return options.Value.DryRun
            ? Pending("dry_run", "The route spec is accepted, but this router only plans (--dry-run).", status, began)
            : Pending("pending", "The route spec is accepted, and these changes are still to be made.", status, began);
    }

    private static string WhyNotPlanned(RouterStatus status) =>
        status.LookError is { } error ? $"the VPC can't be looked at: {error.Code}: {error.Message}"
        : status.Health is null ? "no health report has come yet."
        : "the router is about to.";

    // Asked at every change of the state, mostly of one and the same spec.
    private static Func<RouterStatus, bool> Memoized(RouteSpec spec)
    {
        (RouteSpec? Planned, bool IsIt) last = default;
        return status =>
        {
            if (status.Plan is null || status.PlannedSpec is not { } planned)
                return false;
            if (!ReferenceEquals(planned, last.Planned))
                last = (planned, planned.Equals(spec));
            return last.IsIt;
        };
    }

    private static JsonObject ToJson(RouteChange change, RouterStatus status)
    {
        var json = RoutePlanJson.ToJson(change);
        if (status.Outcomes.TryGetValue((change.RouteTableId, change.Destination), out var outcome) && outcome.Error is { } error && outcome.Change.To == change.To)
            json["last_error"] = $"{error.Code}: {error.Message}";
        return json;
    }

    private IResult Pending(string outcome, string message, RouterStatus? status, long began)
    {
        var answer = new JsonObject
        {
            ["status"] = outcome,
            ["message"] = message,
            ["waited_seconds"] = Math.Round(time.GetElapsedTime(began).TotalSeconds, 3),
            ["changes"] = status is null ? null : new JsonArray([.. status.Plan!.Changes.Select(change => ToJson(change, status))]),
            ["held_back"] = status is null ? null : new JsonArray([.. status.Plan!.HeldBack.SelectMany(held => held.Changes).Select(change => ToJson(change, status))]),
        };
        return Results.Text(answer.ToJsonString(JsonOutput.Indented) + "\n", MediaTypeNames.Application.Json, statusCode: StatusCodes.Status202Accepted);
    }
}
