using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>The answer to a document that is no route spec: every error with its place, as a problem document or in the original's words.</summary>
internal static class SpecRefusal
{
    private const string Title = "Config ignored";

    // Millions of errors fit into a document; nobody mends them one by one.
    private const int MostListed = 1000;

    public static IResult Of(HttpRequest request, RouteSpecReadResult result)
    {
        var listed = result.Errors.Take(MostListed).ToList();
        var more = result.Errors.Length - listed.Count;
        if (more > 0)
            listed.Add(new RouteSpecProblem("$", $"{more} more errors are not listed"));
        return AcceptsTextOnly(request) ? Text(listed) : Problem(request, listed);
    }

    private static IResult Text(IEnumerable<RouteSpecProblem> errors) =>
        Results.Text($"{Title}: {string.Join('\n', errors)}\n", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Problem(HttpRequest request, List<RouteSpecProblem> errors)
    {
        var problem = new JsonObject
        {
            ["title"] = Title,
            ["status"] = StatusCodes.Status400BadRequest,
            ["detail"] = $"{Title}: {errors[0]}",
            ["errors"] = new JsonArray([.. errors.Select(error => new JsonObject { ["path"] = error.Path, ["message"] = error.Message })]),
        };
        // Who takes anything is mostly a person with curl.
        var form = AcceptsJson(request) ? JsonOutput.Compact : JsonOutput.Indented;
        return Results.Text(problem.ToJsonString(form) + "\n", MediaTypeNames.Application.ProblemJson, statusCode: StatusCodes.Status400BadRequest);
    }

    private static bool AcceptsTextOnly(HttpRequest request) =>
        Ranges(request) is { Count: > 0 } ranges && ranges.All(range => range.Type.Equals("text", StringComparison.OrdinalIgnoreCase));

    private static bool AcceptsJson(HttpRequest request) =>
        Ranges(request).Any(range => range.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase));

    private static List<MediaTypeHeaderValue> Ranges(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges) ? [.. ranges.Where(range => range.Quality != 0)] : [];
}
