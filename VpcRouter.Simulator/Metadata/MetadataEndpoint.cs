using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Metadata;

/// <summary>The instance metadata service, version 2 only: nothing without a token.</summary>
internal sealed class MetadataEndpoint
{
    private const string TokenHeader = "X-aws-ec2-metadata-token";
    private const string TtlHeader = "X-aws-ec2-metadata-token-ttl-seconds";

    private readonly TokenStore _tokens;
    private readonly Dictionary<string, string> _values;

    public MetadataEndpoint(VpcModel model, TimeProvider time)
    {
        _tokens = new TokenStore(time);
        var prober = Prober.In(model);
        _values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["instance-id"] = prober.InstanceId,
            ["local-ipv4"] = prober.Address.ToString(),
            ["mac"] = prober.MacAddress,
            ["placement/availability-zone"] = prober.Zone,
            ["placement/region"] = model.Region,
            ["network/interfaces/macs"] = prober.MacAddress + "/",
            [$"network/interfaces/macs/{prober.MacAddress}/vpc-id"] = model.Vpc.Id,
        };
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/latest/api/token", IssueToken);
        routes.MapGet("/latest/meta-data/{**path}", Read);
    }

    private IResult IssueToken(HttpRequest request)
    {
        if (!int.TryParse(request.Headers[TtlHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var ttl)
            || ttl is < 1 or > TokenStore.MaxTtlSeconds)
        {
            return Results.Text($"{TtlHeader} must be a number from 1 to {TokenStore.MaxTtlSeconds}.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        // Amazon's SDKs read the lifetime back from the answer.
        request.HttpContext.Response.Headers[TtlHeader] = ttl.ToString(CultureInfo.InvariantCulture);
        return Results.Text(_tokens.Issue(ttl));
    }

    private IResult Read(string? path, HttpRequest request)
    {
        if (!_tokens.IsValid(request.Headers[TokenHeader]))
            return Results.Text($"A valid {TokenHeader} header is required.", statusCode: StatusCodes.Status401Unauthorized);
        return _values.TryGetValue((path ?? "").TrimEnd('/'), out var value) ? Results.Text(value) : Results.NotFound();
    }
}
