using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>
/// Names the last item of a page. Items come in the order of their ids, so a page begins where the one before it ended
/// even when items came or went in between.
/// </summary>
internal static class PageToken
{
    public static string Write(string action, string lastId) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes($"{action} {lastId}"));

    public static string Read(string action, string token)
    {
        try
        {
            if (Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token)).Split(' ') is [var writer, var lastId] && writer == action)
                return lastId;
        }
        catch (FormatException)
        {
            // Answered like a token of another action.
        }

        throw new Ec2Exception("InvalidNextToken", $"The token '{token}' is invalid");
    }
}
