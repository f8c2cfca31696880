package io.userservice.adapter.nats;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own TLS, with the one thing switched on that jnats leaves off: that the certificate
 * must name the host of the address (RFC 9525). Without that, whoever has any certificate that the
 * JVM trusts could pose as the server. jnats takes an {@link SSLContext} and nothing finer, hence
 * the wrapping.
 */
final class NameCheckingTls extends SSLContextSpi {
  private final SSLContext jvms;

  private NameCheckingTls(SSLContext jvms) {
    this.jvms = jvms;
  }

  static SSLContext context() {
    try {
      var jvms = SSLContext.getDefault();
      return new SSLContext(new NameCheckingTls(jvms), jvms.getProvider(), jvms.getProtocol()) {};
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("the JVM's TLS settings can't be used", broken);
    }
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return new NameCheckingSockets(jvms.getSocketFactory());
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trusted,
      @Nullable SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("the JVM's settings are used as they are");
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return jvms.getServerSocketFactory();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return checking(jvms.createSSLEngine());
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return checking(jvms.createSSLEngine(host, port));
  }

  private static SSLEngine checking(SSLEngine engine) {
    var parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return jvms.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return jvms.getClientSessionContext();
  }

  /** Makes sockets that refuse a certificate without the host's name. */
  private static final class NameCheckingSockets extends SSLSocketFactory {
    private final SSLSocketFactory jvms;

    NameCheckingSockets(SSLSocketFactory jvms) {
      this.jvms = jvms;
    }

    private static Socket checking(Socket socket) {
      var tls = (SSLSocket) socket;
      var parameters = tls.getSSLParameters();
      // The rules for names are those of HTTPS: subject alternative names, DNS or IP.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      return tls;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      return checking(jvms.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket() throws IOException {
      return checking(jvms.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return checking(jvms.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return checking(jvms.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return checking(jvms.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return checking(jvms.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return jvms.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return jvms.getSupportedCipherSuites();
    }
  }
}
