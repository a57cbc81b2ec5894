using System.Net;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>Answers <c>/route_spec</c>.</summary>
internal sealed partial class RouteSpecEndpoint(RouteSpecInbox inbox, RouteSpecReader reader, ILogger<RouteSpecEndpoint> logger)
{
    private const string OtherMode = "Route specs are taken here in http mode only; start with -m http.";
    private readonly ILogger _logger = logger;

    public IResult Get()
    {
        if (inbox.Current is not { } current)
            return Plain(inbox.IsOpen ? "No route spec was posted yet; POST one here." : OtherMode, StatusCodes.Status404NotFound);
        return Results.Bytes(current.Document.ToArray(), MediaTypeNames.Application.Json, entityTag: EntityTagHeaderValue.Parse(current.ETag));
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!inbox.IsOpen)
            return Plain(OtherMode, StatusCodes.Status404NotFound);
        if (IsFromForeignPage(context))
            return Plain("A page of another site may not change the route spec.", StatusCodes.Status403Forbidden);
        var conditions = context.Request.Headers.IfMatch;
        if (!EntityTagHeaderValue.TryParseStrictList(conditions, out var expected) && conditions.Count > 0)
            return Plain("If-Match is not a list of entity tags; send back the ETag of GET /route_spec.", StatusCodes.Status400BadRequest);
        if (await LimitedBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false) is not { } document)
            return Plain($"The route spec is too large; at most {RouteSpecReader.MaximumBytes} bytes are accepted.", StatusCodes.Status413PayloadTooLarge);
        var result = reader.Read(document);
        return result.IsAccepted ? Accept(context, AcceptedRouteSpec.Of(document, result.Spec), result, expected) : Refuse(context, result);
    }

    // A browser sends Origin with every post across sites. The client program that has no browser around it sends none. A page
    // whose name was made to resolve to this machine agrees with the Host it names; on loopback only a loopback name is believed.
    private static bool IsFromForeignPage(HttpContext context)
    {
        if (context.Request.Headers.Origin is not { Count: > 0 } origins)
            return false;
        if (!Uri.TryCreate(origins.ToString(), UriKind.Absolute, out var origin))
            return true;
        var isLocal = context.Connection.LocalIpAddress is { } address && IPAddress.IsLoopback(address);
        return (isLocal && !origin.IsLoopback)
            || !string.Equals(origin.Scheme, context.Request.Scheme, StringComparison.OrdinalIgnoreCase)
            || !string.Equals(origin.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Matches(AcceptedRouteSpec? current, IList<EntityTagHeaderValue>? expected) =>
        expected is not { Count: > 0 }
        || (current is not null && expected.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(current.ETag), useStrongComparison: true)));

    private static IResult Plain(string text, int status) => Results.Text(text + "\n", MediaTypeNames.Text.Plain, statusCode: status);

    private IResult Accept(HttpContext context, AcceptedRouteSpec accepted, RouteSpecReadResult result, IList<EntityTagHeaderValue>? expected)
    {
        if (!inbox.TryReplace(accepted, current => Matches(current, expected)))
            return Plain("The route spec was changed by somebody else; GET it again and repeat your change.", StatusCodes.Status412PreconditionFailed);
        LogAccepted(result.Spec!.Entries.Length, result.Spec.Hosts.Count, accepted.ETag);
        foreach (var warning in result.Warnings)
            LogWarning(warning);
        context.Response.Headers.ETag = accepted.ETag;
        return Results.Text("Ok", MediaTypeNames.Text.Plain);
    }

    private IResult Refuse(HttpContext context, RouteSpecReadResult result)
    {
        LogRefused(result.Errors.Length, result.Errors[0]);
        if (!Accepts(context.Request, MediaTypeNames.Application.ProblemJson))
            return Plain("Config ignored: " + string.Join('\n', result.Errors), StatusCodes.Status400BadRequest);
        var problem = new JsonObject
        {
            ["title"] = "Config ignored",
            ["status"] = StatusCodes.Status400BadRequest,
            ["errors"] = new JsonArray([.. result.Errors.Select(error => new JsonObject { ["path"] = error.Path, ["message"] = error.Message })]),
        };
        return Results.Text(problem.ToJsonString(JsonOutput.Compact), MediaTypeNames.Application.ProblemJson, statusCode: StatusCodes.Status400BadRequest);
    }

    private static bool Accepts(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
        && ranges.Any(range => range.Quality != 0 && range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));
}
