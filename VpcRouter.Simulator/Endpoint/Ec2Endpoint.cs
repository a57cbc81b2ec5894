using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VpcRouter.Simulator.Endpoint.Actions;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>Answers EC2 calls and records each. Whoever signs them, and for which region, is taken on trust.</summary>
internal sealed partial class Ec2Endpoint(SimulatedVpc vpc, TimeProvider time, ILogger<Ec2Endpoint> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var arrival = time.GetUtcNow();
        var started = time.GetTimestamp();
        var requestId = Guid.NewGuid();
        var request = new QueryRequest(new Dictionary<string, string>());
        using var body = new MemoryStream();
        var (status, result) = (StatusCodes.Status200OK, "OK");
        var faults = vpc.Faults;
        Failure? failure = null;
        try
        {
            request = await QueryReader.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            failure = faults.FailureOf(request);
            if (failure is not { CarriedOut: false })
                Answer(faults.Open(request, vpc), requestId, body);
        }
        catch (Ec2Exception refusal)
        {
            (status, result) = (refusal.StatusCode, refusal.Code);
            Refuse(refusal.Code, refusal.Message, requestId, body);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException))
        {
            LogUnexpected(e, request.Action);
            (status, result) = (StatusCodes.Status500InternalServerError, "InternalError");
            Refuse(result, "An internal error has occurred", requestId, body);
        }

        if (failure is not null)
        {
            (status, result) = (failure.Status, failure.Code);
            Refuse(failure.Code, failure.Message, requestId, body);
        }

        await DelayAsync(faults.DelayOf(request), context.RequestAborted).ConfigureAwait(false);
        vpc.Record(new SimulatorCall(0, arrival, request.Action, request.Find("RouteTableId") ?? request.Find("RouteTableId.1"),
            RouteParameters.DestinationText(request), RouteParameters.TargetText(request), result, time.GetElapsedTime(started)));
        if (failure is { Kind: not FailureKind.Error })
            await LoseAsync(context, failure.Kind).ConfigureAwait(false);
        else
            await SendAsync(context, status, requestId, body).ConfigureAwait(false);
    }

    /// <summary>Carries out a call that was understood.</summary>
    private static void Answer(Ec2Call call, Guid requestId, MemoryStream body)
    {
        var action = call.Request.Action;
        var answer = ActionCatalog.Require(action).Execute(call);
        using var xml = new Ec2Xml(body);
        xml.Response(action, requestId, answer);
    }

    /// <summary>Comes after the call was carried out: a caller that gives up too early finds that EC2 did its bidding nevertheless.</summary>
    private async Task DelayAsync(TimeSpan delay, CancellationToken aborted)
    {
        if (delay > TimeSpan.Zero)
            await WaitAsync(delay, aborted).ConfigureAwait(false);
    }

    private async Task LoseAsync(HttpContext context, FailureKind kind)
    {
        if (kind == FailureKind.None)
            await WaitAsync(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(false);
        context.Abort();
    }

    private async Task WaitAsync(TimeSpan duration, CancellationToken aborted)
    {
        try
        {
            await Task.Delay(duration, time, aborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller has gone; what is left to do notices by itself.
        }
    }

    private static void Refuse(string code, string message, Guid requestId, MemoryStream body)
    {
        body.SetLength(0);
        using var xml = new Ec2Xml(body);
        xml.Error(code, message, requestId);
    }

    private static async Task SendAsync(HttpContext context, int status, Guid requestId, MemoryStream body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/xml;charset=UTF-8";
        context.Response.ContentLength = body.Length;
        context.Response.Headers["x-amzn-RequestId"] = requestId.ToString();
        body.Position = 0;
        await body.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
