using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>Answers a request whose query can't be understood.</summary>
internal static class BadQuery
{
    /// <summary>400 with every error: as problem+json for a client that takes JSON, else a line each.</summary>
    public static IResult Answer(HttpContext context, IReadOnlyList<string> errors)
    {
        if (Negotiation.FormFor(context.Request.Headers.Accept) != ResponseForm.Json)
            return Results.Text(string.Join('\n', errors) + "\n", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status400BadRequest);
        var problem = new JsonObject
        {
            ["title"] = "The query can't be understood",
            ["status"] = StatusCodes.Status400BadRequest,
            ["errors"] = new JsonArray([.. errors.Select(error => JsonValue.Create(error))]),
        };
        return Results.Text(problem.ToJsonString(JsonOutput.Compact), MediaTypeNames.Application.ProblemJson, statusCode: StatusCodes.Status400BadRequest);
    }
}
