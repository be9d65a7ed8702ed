using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Management;

namespace Sluice.EndToEnd.Mails;

/// <summary>The same warnings on every key, and the events that cross them one after the other.</summary>
internal sealed class Warnings(Fleet fleet, int perKey)
{
    private const long Step = 100;
    private const long Tokens = 10;

    private int _next = -1;

    /// <summary>The number of thresholds to reach.</summary>
    public int Count => fleet.Keys.Count * perKey;

    /// <summary>The events that reach all of them, and no more.</summary>
    public IReadOnlyList<Call> Calls { get; } =
    [
        .. from round in Enumerable.Range(0, (int)(Step / Tokens) * perKey)
           from key in fleet.Keys
           select new Call(CallKind.Consume, $"warn-{key.Name}-{round}", key, Tokens),
    ];

    /// <summary>Returns the next event for any client; null at the end.</summary>
    public Call? Next()
    {
        var next = Interlocked.Increment(ref _next);
        return next < Calls.Count ? Calls[next] : null;
    }

    /// <summary>Sets the warnings, each with one recipient whom the mail server can be made to ignore.</summary>
    public async Task SetAsync(ManagementCalls calls, CancellationToken ct)
    {
        var warnings = Enumerable.Range(1, perKey).Select(static n => new { value = n * Step }).ToArray();
        foreach (var tenant in fleet.Tenants)
        {
            foreach (var key in tenant.Projects.SelectMany(static project => project.Keys))
            {
                var recipients = new[] { $"mute-{key.Name}@example.com" };
                await calls.PutAsync(
                    $"api/v1/tenants/{tenant.Id}/keys/{key.Id}/limits/text_tokens",
                    new { blocked = (long?)null, warnings, recipients },
                    ct);
            }
        }
    }
}
