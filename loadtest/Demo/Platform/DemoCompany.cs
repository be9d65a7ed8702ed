namespace Sluice.LoadTest.Demo.Platform;

/// <summary>A tenant of the demo as it is to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TimeZone">Its time zone, an IANA name.</param>
/// <param name="Language">Its language.</param>
/// <param name="People">Its members, the owner first.</param>
/// <param name="Projects">Its projects; the first one is the tenant's own, under another name.</param>
internal sealed record DemoCompany(
    string Name,
    string TimeZone,
    string Language,
    IReadOnlyList<DemoPerson> People,
    IReadOnlyList<DemoProject> Projects)
{
    /// <summary>The share of its limit that the tenant has used.</summary>
    public decimal LimitShare { get; init; } = 0.75m;

    /// <summary>How many of its people, from the end of the list, have a seat.</summary>
    public int Seats { get; init; }

    /// <summary>The tenants, but for the one with live traffic.</summary>
    public static IReadOnlyList<DemoCompany> All { get; } =
    [
        new(
            "Aoba Voice",
            "Asia/Tokyo",
            "en",
            [
                new("hana", "owner", SignsIn: true), new("kenji", "administrator", SignsIn: true),
                new("yuki", "member", "project_administrator", SignsIn: true), new("mio", "member", "member"),
            ],
            [
                new("Call centre", DemoMix.Speech, 0.97m)
                {
                    Keys = [new("gateway-east", 180), new("gateway-west", 120), new("quality check", 15)],
                },
                new("Voice bot", DemoMix.Speech, 1) { Keys = [new("bot-production", 60), new("bot-staging", 4)] },
                new("Meeting notes", DemoMix.Speech, 0.4m) { Keys = [new("notes", 35)] },
            ])
        {
            LimitShare = 0.91m,
        },
        new(
            "Lumière Studio",
            "Europe/Paris",
            "fr",
            [
                new("claire", "owner", SignsIn: true), new("paul", "administrator"),
                new("ines", "member", "project_administrator"), new("marc", "member", "member"), new("lea", "member"),
                new("hugo", "member"), new("zoe", "member", "member", SignsIn: true),
            ],
            [
                new("Assistant", DemoMix.Text, 0.82m) { Keys = [new("assistant-web", 70), new("assistant-app", 45)] },
                new("Recherche", DemoMix.Text, 0.55m) { Keys = [new("corpus", 25)] },
            ])
        {
            Seats = 5,
        },
    ];
}
