using Sluice.LoadTest.Runs;
using Spectre.Console;

namespace Sluice.LoadTest.Progress;

/// <summary>A progress bar with figures next to it.</summary>
internal sealed class TerminalProgress(IAnsiConsole console) : IProgressDisplay
{
    public Task<RunResult> ShowAsync(string title, Func<Action<RunProgress>, Task<RunResult>> work) => console
        .Progress()
        .AutoClear(false)
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn(), new SpinnerColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
            return await work(progress =>
            {
                bar.Description = Markup.Escape($"{title}: {ProgressLine.Of(progress)}");
                bar.Value = progress.Fraction;
            });
        });
}
