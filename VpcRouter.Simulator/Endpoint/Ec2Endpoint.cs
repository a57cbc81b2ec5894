using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VpcRouter.Simulator.Endpoint.Actions;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>Answers EC2 calls and records each. Whoever signs them, and for which region, is taken on trust.</summary>
internal sealed partial class Ec2Endpoint(SimulatedVpc vpc, TimeProvider time, ILogger<Ec2Endpoint> logger)
{
    private readonly ActionCatalog _actions = new(vpc);

    public async Task HandleAsync(HttpContext context)
    {
        var arrival = time.GetUtcNow();
        var started = time.GetTimestamp();
        var requestId = Guid.NewGuid();
        var request = new QueryRequest(new Dictionary<string, string>());
        using var body = new MemoryStream();
        var (status, result) = (StatusCodes.Status200OK, "OK");
        try
        {
            request = await QueryReader.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            Answer(request, requestId, body);
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

        vpc.Record(new SimulatorCall(0, arrival, request.Action, request.Find("RouteTableId") ?? request.Find("RouteTableId.1"),
            RouteParameters.DestinationText(request), RouteParameters.TargetText(request), result, time.GetElapsedTime(started)));
        await SendAsync(context, status, requestId, body).ConfigureAwait(false);
    }

    /// <summary>The one place between a request that was understood and its answer, where every call passes.</summary>
    private void Answer(QueryRequest request, Guid requestId, MemoryStream body)
    {
        var answer = _actions.Require(request.Action).Execute(request);
        using var xml = new Ec2Xml(body);
        xml.Response(request.Action, requestId, answer);
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
