using System.Net;
using System.Net.Mime;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace VpcRouter.AspNetCore.Security;

/// <summary>
/// Stands before every endpoint and turns away who may not pass: strangers, pages of other sites, and names that aren't the
/// server's. It wraps the endpoint itself, so that it holds however the endpoint was mapped and whatever authorization an app adds. Thread-safe.
/// </summary>
internal sealed partial class RequestGuard(AccessToken token, HostCheck hosts, IOptions<VpcRouterHttpOptions> options, ILogger<RequestGuard> logger)
{
    private const string Challenge = "Bearer realm=\"vpcrouter\"";
    private const string PasswordChallenge = "Basic realm=\"vpcrouter: any name, the token as password\", charset=\"UTF-8\"";
    private const string HowToSend = "send the router's token (the content of --token-file or VPCROUTER_TOKEN) in the header \"Authorization: Bearer …\".";

    private readonly ILogger _logger = logger;
    private readonly bool _tokenForReads = options.Value.TokenForReads;
    private readonly bool _isInsecure = options.Value.Insecure;

    // A scanner must not fill the log.
    private readonly LineRation[] _refusals = [.. Enum.GetValues<RefusalKind>().Select(_ => new LineRation())];

    /// <summary>Puts the guard before an endpoint.</summary>
    public void Protect(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } next)
            endpoint.RequestDelegate = context => Check(context) is { } refusal ? RefuseAsync(context, refusal) : next(context);
    }

    /// <summary>Checks a request.</summary>
    /// <returns>Why it is turned away, or <see langword="null"/>.</returns>
    public Refusal? Check(HttpContext context)
    {
        var request = context.Request;
        var isWrite = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        var isLocal = IsLocal(context.Connection);
        var needsToken = token.IsSet && (isWrite || (_tokenForReads && context.GetEndpoint()?.Metadata.GetMetadata<ProbeEndpoint>() is null));
        if (PresentedToken.IsInUrl(request))
            return new Refusal(RefusalKind.TokenInUrl, StatusCodes.Status400BadRequest, "A token in the URL ends up in logs and histories, so consider it known and make another; " + HowToSend);
        if (!needsToken && (isWrite || isLocal) && !hosts.IsOwn(request.Host))
            return new Refusal(RefusalKind.ForeignHost, StatusCodes.Status421MisdirectedRequest, "The request's Host isn't a name of this server. Call it by an IP address or localhost, or start it with --allowed-hosts NAME.");
        if (isWrite && ForeignPage.Sent(request))
            return new Refusal(RefusalKind.ForeignPage, StatusCodes.Status403Forbidden, "A page of another site may not change anything here.");
        if (needsToken)
            return CheckToken(request, mayBePassword: !isWrite);
        return isWrite && !isLocal && !token.IsSet && !_isInsecure && context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null
            ? new Refusal(RefusalKind.NoTokenSet, StatusCodes.Status403Forbidden, "Without a token, writes are taken on loopback only. Start with --token-file or VPCROUTER_TOKEN, or with --insecure.")
            : null;
    }

    private static bool IsLocal(ConnectionInfo connection) =>
        connection.LocalIpAddress is not { } address || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private Refusal? CheckToken(HttpRequest request, bool mayBePassword)
    {
        if (PresentedToken.In(request, mayBePassword) is not { } given)
            return new Refusal(RefusalKind.TokenMissing, StatusCodes.Status401Unauthorized, "This needs a token: " + HowToSend);
        return token.Matches(given) ? null : new Refusal(RefusalKind.TokenWrong, StatusCodes.Status401Unauthorized, "The token is wrong: " + HowToSend);
    }

    private Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        if (_refusals[(int)refusal.Kind].IsWorthALine(out var number))
            LogRefused(context.Request.Method, context.Request.Path, context.Connection.RemoteIpAddress, refusal.StatusCode, refusal.Message, number);
        var response = context.Response;
        response.StatusCode = refusal.StatusCode;
        response.ContentType = MediaTypeNames.Text.Plain + "; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (refusal.StatusCode == StatusCodes.Status401Unauthorized)
        {
            var challenge = refusal.Kind == RefusalKind.TokenWrong ? Challenge + ", error=\"invalid_token\"" : Challenge;
            response.Headers.WWWAuthenticate = HttpMethods.IsGet(context.Request.Method) ? new StringValues([challenge, PasswordChallenge]) : challenge;
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.WriteAsync(refusal.Message + "\n", context.RequestAborted);
    }
}
