using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>
/// EC2 as one router process sees it. A request that has left takes its effect whatever becomes of the process that sent it; the answer
/// comes on the process's own clock, and so never to a dead one.
/// </summary>
internal sealed class ModelVpcApi(ScenarioRun run, RouterWatch watch, Faults faults, Dice dice, Trace trace, TimeProvider world, ProcessTime process, Func<bool> isKilledNow) : IVpcApi
{
    private static readonly RouteTarget Intruder = RouteTarget.OfInterface("eni-fw");

    public async Task<VpcSnapshot> GetSnapshotAsync(CancellationToken cancellationToken)
    {
        if (process.IsDead)
            await NeverAsync();
        var begunAt = world.GetUtcNow();
        var failure = faults.OfLook();
        await DelayAsync("look", failure is FaultKind.TimeOutWithoutEffect or FaultKind.PartialLook, cancellationToken);
        if (failure is { } kind)
        {
            trace.Say($"look begun at {begunAt:mm:ss.fff} fails: {kind}");
            throw ErrorOf(kind);
        }

        var tables = run.Vpc.At(SeenMoment(begunAt, "tables"));
        var interfaces = run.Vpc.At(SeenMoment(begunAt, "interfaces"));
        var look = tables.Show(begunAt, interfaces);
        trace.Say($"look begun at {begunAt:mm:ss.fff} answered{(tables == run.Vpc.Current ? "" : ", older tables")}{(interfaces == run.Vpc.Current ? "" : ", older interfaces")}");
        watch.Shown(look);
        return look;
    }

    public Task CreateRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Create, routeTableId, destination, target));

    public Task ReplaceRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Replace, routeTableId, destination, target));

    public Task DeleteRouteAsync(string routeTableId, RouteDestination destination, CancellationToken cancellationToken) =>
        WriteAsync(new VpcWrite(VpcAction.Delete, routeTableId, destination, null));

    private static Task NeverAsync() => new TaskCompletionSource().Task;

    private static VpcApiException ErrorOf(FaultKind kind) => kind switch
    {
        FaultKind.Throttled => ModelVpc.Refusal(VpcApiErrorKind.Throttled, "RequestLimitExceeded"),
        FaultKind.ExpiredCredentials => ModelVpc.Refusal(VpcApiErrorKind.Unauthorized, "ExpiredToken"),
        FaultKind.RouteLimitExceeded => ModelVpc.Refusal(VpcApiErrorKind.RouteLimitExceeded, "RouteLimitExceeded"),
        FaultKind.VpcNotFound => ModelVpc.Refusal(VpcApiErrorKind.VpcNotFound, "InvalidVpcID.NotFound"),
        FaultKind.TimeOutWithEffect or FaultKind.TimeOutWithoutEffect => ModelVpc.Refusal(VpcApiErrorKind.Unavailable, "Timeout"),
        _ => ModelVpc.Refusal(VpcApiErrorKind.Unavailable, "InternalError"),
    };

    private async Task WriteAsync(VpcWrite write)
    {
        if (process.IsDead)
            await NeverAsync();
        var name = $"{write.Action} {write.RouteTableId} {write.Destination}";
        trace.Say($"asked: {RouterWatch.Describe(write)}");
        watch.Requested(write);
        faults.CountWrite();
        if (isKilledNow() && dice.Chance("lost with its sender", 0.5))
            await NeverAsync();
        var failure = faults.OfWrite(name, write.Action == VpcAction.Create);
        var error = failure is { } kind && kind != FaultKind.TimeOutWithEffect ? ErrorOf(kind) : await CarryOutAsync(write, name);
        if (failure == FaultKind.TimeOutWithEffect)
            error = ErrorOf(FaultKind.TimeOutWithEffect);
        await DelayAsync(name, failure is FaultKind.TimeOutWithEffect or FaultKind.TimeOutWithoutEffect, CancellationToken.None);
        trace.Say($"answered: {RouterWatch.Describe(write)}: {error?.Code ?? "done"}");
        watch.Answered(write, error);
        if (error is not null)
            throw error;
    }

    private async Task<VpcApiException?> CarryOutAsync(VpcWrite write, string name)
    {
        await Task.Delay(dice.Between($"way of {name}", 0.001, 0.1), world);
        var existing = run.Vpc.Current.RouteAt(write.RouteTableId, write.Destination);
        if (write.Action == VpcAction.Create && existing is null && faults.Strikes(FaultKind.CreateRace, name))
        {
            trace.Say($"somebody else creates {write.Destination} in {write.RouteTableId} to {Intruder} just before");
            run.ChangeBehindItsBack(write.RouteTableId, write.Destination, Intruder);
        }
        else if (write.Action != VpcAction.Create && existing is not null && faults.Strikes(FaultKind.DeleteRace, name))
        {
            trace.Say($"somebody else deletes {write.Destination} in {write.RouteTableId} just before");
            run.ChangeBehindItsBack(write.RouteTableId, write.Destination, null);
        }

        return run.Vpc.Apply(write);
    }

    private async Task DelayAsync(string name, bool isUntilDeadline, CancellationToken cancellationToken)
    {
        var slow = faults.Strikes(FaultKind.Slow, name) ? 6 : 0.1;
        await Task.Delay(isUntilDeadline ? dice.Between($"deadline of {name}", 5, 16) : dice.Between($"answer of {name}", 0.001, slow), process, cancellationToken);
    }

    // Calls of one look are answered one after the other while it lasts; a stale answer shows a moment before it.
    private DateTimeOffset SeenMoment(DateTimeOffset begunAt, string what)
    {
        var moment = dice.Chance($"late {what}", 0.5) ? world.GetUtcNow() : begunAt;
        return faults.Strikes(FaultKind.StaleLook, what) ? moment - dice.Between($"age of {what}", 0.5, 10) : moment;
    }
}
