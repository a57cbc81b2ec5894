using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Hosting;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>Answers <c>/route_spec</c>. Thread-safe.</summary>
internal sealed partial class RouteSpecEndpoint(RouteSpecInbox inbox, RouteSpecReader reader, BodyReader bodies, SpecWait wait, ILogger<RouteSpecEndpoint> logger, IPlanPreview? preview = null) : IDisposable
{
    private const string OtherMode = "Route specs are taken here in http mode only; start with -m http.";
    private const int RetryAfterSeconds = 1;
    private readonly ILogger _logger = logger;

    // A client that repeats itself must not fill the log.
    private readonly LineRation _refused = new();
    private readonly LineRation _notStored = new();

    // Reading a document of the largest size takes many times its own memory.
    private readonly SemaphoreSlim _turn = new(1);

    public IResult Get(HttpContext context)
    {
        if (inbox.Current is not { } current)
            return Plain(inbox.IsOpen ? "No route spec was posted yet; POST one here." : OtherMode, StatusCodes.Status404NotFound);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(current.Document, MediaTypeNames.Application.Json, entityTag: EntityTagHeaderValue.Parse(current.ETag));
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!inbox.IsOpen)
            return Plain(OtherMode, StatusCodes.Status404NotFound);
        try
        {
            return await TakeAsync(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            if (e.StatusCode == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Plain(e.Message, e.StatusCode);
        }
    }

    public void Dispose() => _turn.Dispose();

    private static IResult Plain(string text, int status) => Results.Text(text + "\n", MediaTypeNames.Text.Plain, statusCode: status);

    private static IResult Stale() =>
        Plain("The route spec was changed by somebody else; GET it again and repeat your change.", StatusCodes.Status412PreconditionFailed);

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        var request = context.Request;
        var query = PostQuery.Of(request.Query);
        var conditions = PostConditions.Of(request);
        if (PostedType.Problem(request) is { } problem)
            return Plain(problem, StatusCodes.Status415UnsupportedMediaType);
        if (!conditions.Hold(inbox.Current))
            return Stale();
        AcceptedRouteSpec accepted;
        using (var body = await bodies.ReadAsync(request, context.RequestAborted).ConfigureAwait(false))
        {
            await _turn.WaitAsync(context.RequestAborted).ConfigureAwait(false);
            try
            {
                var document = body.ToDocument();
                var result = reader.Read(document);
                if (!result.IsAccepted)
                    return Refuse(request, result);
                if (query.DryRun)
                    return conditions.Hold(inbox.Current) ? Preview(context.Response, result) : Stale();
                accepted = AcceptedRouteSpec.Of(document, result.Spec);
                if (Store(accepted, conditions, result) is { } failure)
                    return failure;
            }
            finally
            {
                _turn.Release();
            }
        }

        context.Response.Headers.ETag = accepted.ETag;
        return query.Wait is { } patience
            ? await wait.ForAsync(accepted, patience, () => !ReferenceEquals(inbox.Current, accepted), context.RequestAborted).ConfigureAwait(false)
            : Results.Text("Ok", MediaTypeNames.Text.Plain);
    }

    private IResult Refuse(HttpRequest request, RouteSpecReadResult result)
    {
        if (_refused.IsWorthALine(out var number))
            LogRefused(result.Errors.Length, result.Errors[0], number);
        return SpecRefusal.Of(request, result);
    }

    private IResult Preview(HttpResponse response, RouteSpecReadResult result)
    {
        if (preview?.Preview(result.Spec!) is not { } plan)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Plain("The route spec would be accepted, but the VPC hasn't been seen yet: what it would change can't be said.", StatusCodes.Status503ServiceUnavailable);
        }

        // What the document's reading found is as much a part of what would happen.
        var warned = plan with { Warnings = [.. result.Warnings.Select(warning => warning.ToString()), .. plan.Warnings] };
        return Results.Text(RoutePlanJson.ToJson(warned).ToJsonString(JsonOutput.Indented) + "\n", MediaTypeNames.Application.Json);
    }

    private IResult? Store(AcceptedRouteSpec accepted, PostConditions conditions, RouteSpecReadResult result)
    {
        try
        {
            if (!inbox.TryReplace(accepted, conditions.Hold))
                return Stale();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_notStored.IsWorthALine(out var number))
                LogNotStored(inbox.Folder, number, e);
            return Plain($"The route spec could not be stored and was not taken; the one before stays in force. ({e.Message.TrimEnd('.')})", StatusCodes.Status500InternalServerError);
        }

        _refused.Reset();
        _notStored.Reset();
        LogAccepted(accepted.Spec.Entries.Length, accepted.Spec.Hosts.Count, accepted.ETag);
        foreach (var warning in result.Warnings)
            LogWarning(warning);
        return null;
    }
}
