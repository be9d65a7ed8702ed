namespace Sluice.Bench.Sections;

/// <summary>A part of the page that is measured in one go.</summary>
internal interface ISection
{
    /// <summary>The name in the command line and in the markers of the page.</summary>
    string Name { get; }

    /// <summary>The command line, after the program's name, that measures this section alone in the same way.</summary>
    string Arguments { get; }

    /// <returns>The text between the markers, as Markdown.</returns>
    Task<string> MeasureAsync(CancellationToken cancellation);
}
