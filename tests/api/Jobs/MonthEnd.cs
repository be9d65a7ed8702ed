namespace Sluice.Api.Tests.Jobs;

/// <summary>
/// A host whose clock its tests put to the end of a month; apart from others, who have no use for that.
/// </summary>
public sealed class MonthEnd(TestSupport.Postgres.PostgresFixture postgres) : NodeHost(postgres)
{
    /// <summary>
    /// Puts the clock to an instant at or after now. Statements never wait for the past, so each test takes a later
    /// month than those before it.
    /// </summary>
    public void TurnTo(DateTimeOffset instant) => Time.Turn(instant - Time.GetUtcNow());
}
