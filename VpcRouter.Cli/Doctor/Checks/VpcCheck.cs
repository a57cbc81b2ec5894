using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The VPC exists and can be looked at.</summary>
internal sealed class VpcCheck : ICheck
{
    public string Name => "vpc";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Judge(facts)]);

    private static Finding Judge(DoctorFacts facts)
    {
        if (!facts.HasCredentials)
            return Finding.NotApplicable("the credentials are no good");
        if (facts.Snapshot is { IsKnown: true, Value: var seen })
        {
            var owner = facts.Vpc.Value is { OwnerId.Length: > 0 } vpc ? $" of account {vpc.OwnerId} ({string.Join(", ", vpc.Cidrs)})" : "";
            return Finding.Ok($"{facts.VpcId}{owner} has {seen.RouteTables.Length} route tables and {seen.NetworkInterfaces.Length} network interfaces");
        }

        var error = (facts.Snapshot.Error ?? facts.Vpc.Error) as VpcApiException;
        return error?.Kind switch
        {
            VpcApiErrorKind.VpcNotFound => Finding.Failed($"there is no {facts.VpcId} in {facts.Region} for this account", "check --vpc, --region and whose credentials these are"),
            VpcApiErrorKind.Unauthorized => Finding.Failed($"{facts.VpcId} may not be looked at: {error.Code}: {error.Message}", "grant what vpcrouter iam-policy prints"),
            _ => Finding.Failed($"{facts.VpcId} can't be looked at: {(error is null ? "" : error.Code + ": ")}{(facts.Snapshot.Error ?? facts.Vpc.Error)?.Message}", "try again when that is over; the checks above may say more"),
        };
    }
}
