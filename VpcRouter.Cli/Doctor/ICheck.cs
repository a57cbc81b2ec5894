namespace VpcRouter.Cli.Doctor;

/// <summary>One thing that must hold for the router to do its work. Stateless; changes nothing.</summary>
internal interface ICheck
{
    /// <summary>What is checked, in a word or two.</summary>
    string Name { get; }

    /// <summary>Checks it.</summary>
    /// <returns>At least one finding.</returns>
    Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken);
}
