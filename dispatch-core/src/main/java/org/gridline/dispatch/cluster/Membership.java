package org.gridline.dispatch.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.gridline.dispatch.people.Presence;
import org.infinispan.AdvancedCache;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfiguration;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.context.Flag;
import org.infinispan.lifecycle.ComponentStatus;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryExpired;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.annotation.DataRehashed;
import org.infinispan.notifications.cachelistener.event.CacheEntryCreatedEvent;
import org.infinispan.notifications.cachelistener.event.CacheEntryExpiredEvent;
import org.infinispan.notifications.cachelistener.event.CacheEntryModifiedEvent;
import org.infinispan.notifications.cachelistener.event.CacheEntryRemovedEvent;
import org.infinispan.notifications.cachelistener.event.DataRehashedEvent;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.partitionhandling.PartitionHandling;
import org.infinispan.remoting.transport.Address;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.JChannel;

/**
 * One stay of this server in the cluster, from joining to leaving. What others tell goes to the
 * board; a cache's threads only touch the board, which never waits.
 */
@Listener
final class Membership implements AutoCloseable {
  private static final String CACHE = "presence";

  private final JChannel channel;
  private final DefaultCacheManager manager;
  private final AdvancedCache<String, String> cache;
  private final String node;
  private final Board board;
  private final Runnable unsettled;
  private volatile Set<String> reachable = Set.of();

  /**
   * Joins; takes a second or two, and five when servers stand in the database that are no more.
   *
   * @param unsettled told when others may have lost what this server told; must not wait
   */
  Membership(ClusterSettings settings, Board board, Runnable unsettled) throws Exception {
    this.board = board;
    this.unsettled = unsettled;
    channel = Stack.open(settings);
    manager = new DefaultCacheManager(global(settings, channel), false);
    try {
      manager.defineConfiguration(CACHE, entries());
      manager.start();
      Cache<String, String> plain = manager.getCache(CACHE);
      cache = plain.getAdvancedCache().withFlags(Flag.IGNORE_RETURN_VALUES);
      node = id(manager.getAddress());
      manager.addListener(this);
      plain.addListener(this);
      hearAll();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static GlobalConfiguration global(ClusterSettings settings, JChannel channel) {
    GlobalConfigurationBuilder global = new GlobalConfigurationBuilder();
    global
        .transport()
        .defaultTransport()
        .addProperty(JGroupsTransport.CHANNEL_CONFIGURATOR, new OpenChannel(channel))
        .clusterName(settings.name())
        .distributedSyncTimeout(5, TimeUnit.SECONDS);
    global.cacheContainer().statistics(false);
    global.metrics().gauges(false).histograms(false);
    global.jmx().disable();
    global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
    return global.build();
  }

  /**
   * Every server holds everything, since a district's entries are few megabytes and each look must
   * be answered here. While split both sides go on: DENY would silence the survivor of two for
   * good, and nothing stale can show, because an entry counts only while its teller can be reached.
   * After a split nothing is reconciled: an entry has one writer, who tells it anew. (REMOVE_ALL
   * was tried: its reading across both sides timed out on a busy machine and held the merge up.)
   */
  private static Configuration entries() {
    ConfigurationBuilder entries = new ConfigurationBuilder();
    entries.clustering().cacheMode(CacheMode.REPL_ASYNC).remoteTimeout(5, TimeUnit.SECONDS);
    entries.clustering().stateTransfer().timeout(10, TimeUnit.SECONDS).awaitInitialTransfer(false);
    entries
        .clustering()
        .partitionHandling()
        .whenSplit(PartitionHandling.ALLOW_READ_WRITES)
        .mergePolicy(MergePolicy.NONE);
    entries.expiration().lifespan(Presence.LASTS_SECONDS, TimeUnit.SECONDS);
    entries.expiration().wakeUpInterval(5, TimeUnit.SECONDS);
    // The board has bounds of its own; this one only guards against a server gone mad.
    entries.memory().maxCount(2L * Board.MOST_TABS);
    return entries.build();
  }

  /** May throw whatever a cache that stops throws. */
  void tell(Stay stay) {
    var unused =
        cache.putAsync(
            Stay.key(stay.tab()), stay.text(node), Presence.LASTS_SECONDS, TimeUnit.SECONDS);
  }

  /** May throw whatever a cache that stops throws. */
  void tellGone(Presence.Tab tab) {
    var unused = cache.removeAsync(Stay.key(tab));
  }

  boolean alive() {
    return manager.getStatus() == ComponentStatus.RUNNING
        && cache.getStatus() == ComponentStatus.RUNNING
        && channel.isConnected();
  }

  int nodes() {
    List<Address> members = manager.getMembers();
    return members == null ? 1 : members.size();
  }

  /** For tests that cut the line. */
  JChannel channel() {
    return channel;
  }

  /** For tests that take the cache away under the server. */
  DefaultCacheManager manager() {
    return manager;
  }

  @Override
  public void close() {
    manager.stop();
    channel.close();
  }

  /** Reads what others have told before; what comes by joining raises no events. */
  void hearAll() {
    keepReachable(manager.getMembers());
    cache.withFlags(Flag.CACHE_MODE_LOCAL).forEach(this::heard);
  }

  private void keepReachable(List<Address> members) {
    reachable = members.stream().map(Membership::id).collect(Collectors.toUnmodifiableSet());
    board.keepOnly(reachable);
  }

  private static String id(Address address) {
    return address.getNodeUUID().toString();
  }

  /** What a server told that is gone may still lie there, such as this server's former self. */
  private void heard(String key, String text) {
    Stay.read(key, text)
        .filter(told -> !told.node().equals(node) && reachable.contains(told.node()))
        .ifPresent(told -> board.told(told.node(), told.stay()));
  }

  @CacheEntryCreated
  public void created(CacheEntryCreatedEvent<String, String> event) {
    if (!event.isPre()) heard(event.getKey(), event.getValue());
  }

  @CacheEntryModified
  public void modified(CacheEntryModifiedEvent<String, String> event) {
    if (!event.isPre()) heard(event.getKey(), event.getNewValue());
  }

  @CacheEntryRemoved
  public void removed(CacheEntryRemovedEvent<String, String> event) {
    if (!event.isPre()) gone(event.getKey());
  }

  @CacheEntryExpired
  public void expired(CacheEntryExpiredEvent<String, String> event) {
    if (!event.isPre()) gone(event.getKey());
  }

  private void gone(String key) {
    Optional<Stay> own = board.toldGone(Stay.tab(key));
    // Removed after a split, or by a server that heard this tab before it came here.
    if (own.isPresent()) unsettled.run();
  }

  @ViewChanged
  @Merged
  public void members(ViewChangedEvent event) {
    keepReachable(event.getNewMembers());
    unsettled.run();
  }

  @DataRehashed
  public void rehashed(DataRehashedEvent<String, String> event) {
    if (!event.isPre()) unsettled.run();
  }
}
