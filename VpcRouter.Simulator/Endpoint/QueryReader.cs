using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>Reads an EC2 call from the query string or the form, whichever the client used.</summary>
internal static class QueryReader
{
    // Filters may carry 200 values each, which is more than the platform's form limit of 1,024 values allows for.
    private const int MaxParameters = 20_000;

    public static async Task<QueryRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Query.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
        if (HttpMethods.IsPost(request.Method))
        {
            using var reader = new FormReader(request.Body) { ValueCountLimit = MaxParameters };
            try
            {
                foreach (var (name, value) in await reader.ReadFormAsync(cancellationToken).ConfigureAwait(false))
                    parameters[name] = value.ToString();
            }
            catch (InvalidDataException e)
            {
                throw new Ec2Exception("MalformedQueryString", e.Message);
            }
        }

        return new QueryRequest(parameters);
    }
}
