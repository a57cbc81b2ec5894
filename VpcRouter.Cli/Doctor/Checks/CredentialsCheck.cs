using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>EC2 takes the credentials.</summary>
internal sealed class CredentialsCheck : ICheck
{
    public string Name => "credentials";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Judge(facts)]);

    private static Finding Judge(DoctorFacts facts) => facts.Vpc.Error switch
    {
        null => Finding.Ok("EC2 takes them"),
        VpcApiException { Code: "UnauthorizedOperation" } or VpcApiException { Kind: VpcApiErrorKind.VpcNotFound } => Finding.Ok("EC2 takes them"),
        VpcApiException { Code: "NoCredentials" } e => Finding.Failed(e.Message, "give the instance a role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        VpcApiException { Code: "RequestExpired" or "ExpiredToken" } e => Finding.Failed($"they have expired: {e.Code}: {e.Message}", "sign in again, or let an instance role provide them: those renew themselves"),
        VpcApiException { Kind: VpcApiErrorKind.Unauthorized } e => Finding.Failed($"EC2 doesn't take them: {e.Code}: {e.Message}", "check which ones are in force: aws sts get-caller-identity"),
        VpcApiException e => Finding.Warning($"EC2 didn't get so far as to judge them: {e.Code}: {e.Message}", "try again when that is over"),
        var e => Finding.Warning($"they couldn't be checked: {e.Message}", "try again"),
    };
}
