using System.Globalization;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The machine's clock goes right: EC2 refuses signatures that are older or newer than five minutes.</summary>
internal sealed class ClockCheck : ICheck
{
    // The header counts whole seconds; within a minute there is nothing to worry about.
    private static readonly TimeSpan Tolerable = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    public string Name => "clock";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Judge(facts.Endpoint)]);

    internal static Finding Judge(EndpointAnswer answer)
    {
        if (answer.Date is not { } there)
            return Finding.NotApplicable(answer.Error is null ? "the endpoint didn't say what time it is" : "the endpoint can't be reached");
        var skew = answer.AskedAt - there;
        var size = skew.Duration();
        var text = string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {Math.Round(size.TotalSeconds)} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} the endpoint's");
        const string Remedy = "let it be set by NTP, for example: timedatectl set-ntp true (in EC2 the server is 169.254.169.123)";
        return size > Refused ? Finding.Failed($"{text}; beyond 300 s EC2 refuses signatures", Remedy)
            : size > Tolerable ? Finding.Warning(text, Remedy)
            : Finding.Ok(text);
    }
}
