namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The EC2 endpoint can be reached.</summary>
internal sealed class EndpointCheck : ICheck
{
    public string Name => "endpoint";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        var (url, addresses, error) = (facts.Endpoint.Url, facts.Endpoint.Addresses, facts.Endpoint.Error);
        var place = $"{url.ToString().TrimEnd('/')} (region {facts.Region})";
        Finding finding = error is null
            ? Finding.Ok($"{place} answers from {string.Join(", ", addresses)}")
            : Finding.Failed(
                $"{place} can't be reached: {error.TrimEnd('.')}",
                addresses.IsEmpty ? "check --region, --endpoint-url and the machine's name server" : "check the route and the security groups from here to it, or make a VPC endpoint for EC2");
        return Task.FromResult<IReadOnlyList<Finding>>([finding]);
    }
}
