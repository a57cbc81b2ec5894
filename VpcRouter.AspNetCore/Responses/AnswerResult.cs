using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Sends an answer at its client's pace, or only that the client has it already.</summary>
internal sealed class AnswerResult(Answer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        PageResult.SetHeaders(response.Headers);
        response.Headers.ETag = answer.ETag;
        if (answer.Next is { } next)
            response.Headers.Link = NextPage.LinkTo(next);
        if (IsKnown(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (answer.Form == ResponseForm.Html)
            response.Headers.ContentSecurityPolicy = HtmlPage.ContentSecurityPolicy;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;

        // The server copies what it is given: piece by piece, it holds no more of it than the client is about to read.
        foreach (var piece in answer.Body.Pieces)
        {
            if ((await response.BodyWriter.WriteAsync(piece, CancellationToken.None).ConfigureAwait(false)).IsCompleted || httpContext.RequestAborted.IsCancellationRequested)
                return;
        }
    }

    private bool IsKnown(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch.Count == 0 || !EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known))
            return false;
        var own = EntityTagHeaderValue.Parse(answer.ETag);
        return known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(own, useStrongComparison: false));
    }
}
