using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VpcRouter.AspNetCore;

/// <summary>Keeps a failing handler's exception in the log, where it belongs: the client learns only that it failed.</summary>
internal sealed partial class FailureFilter(ILogger<FailureFilter> logger) : IEndpointFilter
{
    private readonly ILogger _logger = logger;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        context.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            return Results.Text(e.Message + "\n", MediaTypeNames.Text.Plain, statusCode: e.StatusCode);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The client has gone. To one that hasn't, an empty answer would be a success.
            return Results.Empty;
        }
        catch (Exception e)
        {
            LogFailed(request.Method, request.Path, e);
            return Results.Text("Internal error; the log says more.\n", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status500InternalServerError);
        }
    }
}
