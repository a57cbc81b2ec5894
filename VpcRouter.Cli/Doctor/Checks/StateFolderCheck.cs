using VpcRouter.Storage;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>What must survive a restart can be written.</summary>
internal sealed class StateFolderCheck : ICheck
{
    public string Name => "state folder";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        var folder = StateFolder.Find(facts.Settings.Router.StateDirectory, Environment.GetEnvironmentVariable).Path;
        var place = WritableFolder.NearestTo(folder);
        Finding finding = WritableFolder.ErrorAt(place) is { } error
            ? Finding.Failed($"{folder} can't be written: {error}", "give --state-dir a folder that this user may write to, or StateDirectory= in the systemd unit")
            : Finding.Ok(place == folder ? $"{folder} can be written" : $"{folder} isn't there yet and can be made");
        return Task.FromResult<IReadOnlyList<Finding>>([finding]);
    }
}
